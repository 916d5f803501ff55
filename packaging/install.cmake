# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where, besides the program and the SDK, which core/app and core/contract install:
# the plugins that come with siyu, and the licence.
get_property(folders DIRECTORY ${PROJECT_SOURCE_DIR}/plugins PROPERTY SUBDIRECTORIES)
foreach(folder IN LISTS folders)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "MODULE_LIBRARY")
      install(TARGETS ${target} LIBRARY DESTINATION lib/siyu/plugins COMPONENT plugins)
    endif()
  endforeach()
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/siyu COMPONENT sdk)
