# SPDX-License-Identifier: Apache-2.0
# Does what a developer does: installs siyu from BUILD, starts a plugin in WORK, builds, tests and checks it, with and
# without AddressSanitizer; and sees that names and folders that cannot be are refused.
cmake_minimum_required(VERSION 3.22)

set(prefix ${WORK}/prefix)
set(siyu ${prefix}/bin/siyu --lang en)
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
# Nothing that lies around here may help.
unset(ENV{SIYU_PLUGIN_PATH})
unset(ENV{CMAKE_PREFIX_PATH})

# step(STATUS words...): runs them in WORK and fails unless they end with that status. What they say is in `said`.
function(step wanted)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK} RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT status STREQUAL wanted)
    string(JOIN " " words ${ARGN})
    message(FATAL_ERROR "${words}\nended with ${status} and not ${wanted}:\n${out}")
  endif()
  set(said "${out}" PARENT_SCOPE)
endfunction()
function(expect_in_said words)
  string(FIND "${said}" "${words}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "“${words}” was not said, but:\n${said}")
  endif()
endfunction()

step(0 ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
step(0 ${siyu} plugin new acme --brand "Acme & Söhne")
foreach(file CMakeLists.txt acme.cpp acme_test.cpp settings.example README.md .gitignore cases/first-week/expected.txt)
  if(NOT EXISTS ${WORK}/acme/${file})
    message(FATAL_ERROR "siyu plugin new did not write ${file}")
  endif()
  file(READ ${WORK}/acme/${file} text)
  if(text MATCHES "@[a-zA-Z]+@")
    message(FATAL_ERROR "${file} was not filled in: ${CMAKE_MATCH_0}")
  endif()
endforeach()

foreach(sanitize OFF ON)
  set(build acme/build-${sanitize})
  step(0 ${CMAKE_COMMAND} -S acme -B ${build} -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_CXX_COMPILER=${COMPILER}
    -DCMAKE_CXX_FLAGS=-Werror -DSANITIZE=${sanitize})
  step(0 ${CMAKE_COMMAND} --build ${build})
  step(0 ${CMAKE_CTEST_COMMAND} --test-dir ${build} --output-on-failure)
  expect_in_said("unit.acme")
  expect_in_said("check.acme")
  expect_in_said("out of 2")
  step(0 ${siyu} plugin check ${build}/lib/siyu/plugins/acme.so --cases acme/cases)
  expect_in_said("cases/first-week")
  expect_in_said(", 0 failed")
endforeach()

# A golden figure that does not come out is noticed.
file(APPEND ${WORK}/acme/cases/first-week/expected.txt "kpis.regulars = 1/3\n")
step(1 ${siyu} plugin check acme/build-OFF/lib/siyu/plugins/acme.so --cases acme/cases --only cases)
expect_in_said("wanted 1/3, found 1/4")

# A leak is noticed, and with AddressSanitizer its place.
file(READ ${WORK}/acme/acme.cpp text)
string(REPLACE "d.extend(\"standard\");" "d.extend(\"standard\");\n        static_cast<volatile char*>(new char[100])[0] = 1;"
  text "${text}")
file(WRITE ${WORK}/acme/acme.cpp "${text}")
foreach(sanitize OFF ON)
  step(0 ${CMAKE_COMMAND} --build acme/build-${sanitize})
  step(1 ${siyu} plugin check acme/build-${sanitize}/lib/siyu/plugins/acme.so --only no-leaks)
  expect_in_said("failed   no-leaks")
endforeach()
expect_in_said("acme.cpp:")

# What is there already stays as it is; bad names are refused in words.
step(3 ${siyu} plugin new acme)
expect_in_said("is there already")
foreach(name Acme 1acme ac-me "ac me" ../acme standard)
  step(2 ${siyu} plugin new ${name})
endforeach()
step(2 ${siyu} plugin new fine --brand "two\nlines")
if(EXISTS ${WORK}/fine)
  message(FATAL_ERROR "a refused project was written")
endif()
step(0 ${siyu} plugin new fine_2 --dir deep/down)
if(NOT EXISTS ${WORK}/deep/down/fine_2/fine_2.cpp)
  message(FATAL_ERROR "--dir was not followed")
endif()
