# SPDX-License-Identifier: Apache-2.0
# siyu_add_plugin(pets pets.cpp ...) builds the plugin pets.so as the contract wants it: one exported symbol, nothing left
# undefined, not writable by others. The target is plugin_pets. Where the program siyu was found (SIYU_PROGRAM), the test
# check.pets runs its checks on the plugin, and the golden cases of the folder `cases` beside the CMakeLists.txt.
function(siyu_add_plugin name)
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  add_library(plugin_${name} MODULE ${ARGN})
  target_link_libraries(plugin_${name} PRIVATE siyu::contract)
  set_target_properties(plugin_${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} CXX_STANDARD 17 CXX_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/siyu/plugins
    LINK_DEPENDS ${map})
  target_link_options(plugin_${name} PRIVATE -Wl,--version-script=${map})
  if(NOT SIYU_SANITIZE) # the sanitizer's own symbols come from the program
    target_link_options(plugin_${name} PRIVATE -Wl,-z,defs)
  endif()
  add_custom_command(TARGET plugin_${name} POST_BUILD COMMAND chmod go-w $<TARGET_FILE:plugin_${name}>)
  if(SIYU_PROGRAM)
    set(cases)
    if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/cases)
      set(cases --cases ${CMAKE_CURRENT_SOURCE_DIR}/cases)
    endif()
    add_test(NAME check.${name} COMMAND ${SIYU_PROGRAM} plugin check $<TARGET_FILE:plugin_${name}> ${cases})
  endif()
endfunction()
