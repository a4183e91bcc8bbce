# The Debian package: cmake --build .build/release --target package
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME satellitkiosk)
set(CPACK_PACKAGE_VENDOR "Satellitkiosk")
set(CPACK_PACKAGE_CONTACT "Satellitkiosk maintainers <satellitkiosk@umearegionen.se>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "who sits where today in a shared office")
set(CPACK_PACKAGE_DESCRIPTION "An entrance touchscreen and a wall display for a shared office. They show
today's desk and room bookings from published calendars, let people check in
to the desk they booked or take a free one, and tell the coming meetings.
Everything goes on working without a network.")
set(CPACK_SET_DESTDIR ON) # so that /etc is /etc, whatever the prefix
set(CPACK_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/package/same_times.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/package/complete.cmake)

# A package is for the release that it was built on, so its version names the release, and an upgrade of the machine to the
# next release finds a newer package there. Outside a Debian release there is no such ending.
set(release 0)
set(kiosk_release_packages)
if(EXISTS /etc/os-release)
  file(STRINGS /etc/os-release os_release)
  if(os_release MATCHES "(^|;)ID=debian(;|$)" AND os_release MATCHES "(^|;)VERSION_ID=\"?([0-9]+)")
    set(release ${CMAKE_MATCH_2})
    set(CPACK_DEBIAN_PACKAGE_VERSION "${PROJECT_VERSION}~deb${release}u1")
  endif()
endif()
if(release EQUAL 12)
  set(kiosk_release_packages ", xwayland") # cage 0.1 does not start without it, and does not depend on it
endif()

# CPack asks dpkg for the architecture, and dpkg answers with that of the machine that builds.
if(CMAKE_CROSSCOMPILING)
  execute_process(COMMAND dpkg-architecture -f -t ${CMAKE_LIBRARY_ARCHITECTURE} -q DEB_HOST_ARCH
                  OUTPUT_VARIABLE CPACK_DEBIAN_PACKAGE_ARCHITECTURE OUTPUT_STRIP_TRAILING_WHITESPACE
                  COMMAND_ERROR_IS_FATAL ANY)
endif()

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE ${PROJECT_HOMEPAGE_URL})
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# All that a kiosk needs is named here, so that recommended packages can be left out. Check-ins need a clock that is right.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "cage, seatd, libegl1, libgles2, libgl1-mesa-dri, systemd, udev, procps, systemd-timesyncd | time-daemon, fonts-inter, fonts-noto-core, fonts-symbola, hyphen-sv, espeak-ng-data, tzdata, ca-certificates${kiosk_release_packages}")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, prometheus-node-exporter, unattended-upgrades")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${CMAKE_CURRENT_SOURCE_DIR}/package/postinst ${CMAKE_CURRENT_SOURCE_DIR}/package/prerm
    ${CMAKE_CURRENT_SOURCE_DIR}/package/postrm ${CMAKE_CURRENT_SOURCE_DIR}/package/triggers)
include(CPack)

install(FILES package/copyright DESTINATION share/doc/satellitkiosk)
# The bill of materials is made when the files are installed, so that it carries the time of that (SOURCE_DATE_EPOCH), like they.
install(CODE "
  set(bill \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/satellitkiosk/satellitkiosk.spdx.json\")
  execute_process(COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/package/sbom ${PROJECT_VERSION} \"${CMAKE_LIBRARY_ARCHITECTURE}\"
                          $<TARGET_FILE:satellitkiosk> $<TARGET_FILE:icsread>
                  OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  file(WRITE \"\${bill}\" \"\${text}\")
  file(CHMOD \"\${bill}\" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)")
find_program(GZIP gzip REQUIRED)
add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz
                   COMMAND ${GZIP} -9nc ${CMAKE_CURRENT_SOURCE_DIR}/package/changelog
                           > ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz
                   DEPENDS package/changelog VERBATIM)
add_custom_target(kiosk_changelog ALL DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz DESTINATION share/doc/satellitkiosk)
