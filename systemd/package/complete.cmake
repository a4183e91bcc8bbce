# CPack makes a package without the libraries it depends on when a tool that finds them is missing.
foreach(package ${CPACK_PACKAGE_FILES})
  execute_process(COMMAND dpkg-deb -f ${package} Depends OUTPUT_VARIABLE depends COMMAND_ERROR_IS_FATAL ANY)
  if(NOT depends MATCHES "libc6")
    file(REMOVE ${package})
    message(FATAL_ERROR "the package would lack the libraries it depends on; apt-get install dpkg-dev file")
  endif()
endforeach()
