# SPDX-License-Identifier: Apache-2.0
# find_package(siyu-sdk 1.1 REQUIRED) gives the targets siyu::contract (the headers) and siyu::sdk (the same, and C++17),
# and siyu_add_plugin(). SIYU_PROGRAM is the siyu that checks the plugins; set it to "" and none does.
include(${CMAKE_CURRENT_LIST_DIR}/siyu-sdkTargets.cmake)
if(NOT TARGET siyu::sdk)
  add_library(siyu::sdk INTERFACE IMPORTED)
  target_link_libraries(siyu::sdk INTERFACE siyu::contract)
  if(CMAKE_CXX_COMPILER_LOADED)
    target_compile_features(siyu::sdk INTERFACE cxx_std_17)
  endif()
endif()
find_program(SIYU_PROGRAM siyu HINTS ${CMAKE_CURRENT_LIST_DIR}/../../../bin DOC "The program that checks plugins")
include(${CMAKE_CURRENT_LIST_DIR}/siyu_add_plugin.cmake)
