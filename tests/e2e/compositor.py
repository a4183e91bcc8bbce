#!/usr/bin/python3
"""The kiosk in the compositor that the appliance runs, without a screen: it says that it is ready, feeds the watchdog,
reads its configuration again, survives a wrong one, and the compositor's end, and shows itself on the next one."""
import pathlib
import shutil
import signal
import tempfile

from service import DEMO, PATIENCE_S, Supervisor, cage_command, start_compositor, start_kiosk, surroundings, wait_until


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    runtime = folder / "runtime"
    runtime.mkdir(0o700)
    environment = surroundings(runtime)
    supervisor = Supervisor(folder)
    configuration = folder / "kiosk.conf"
    shutil.copytree(DEMO, folder, dirs_exist_ok=True)
    cage = cage_command(folder)
    programs = [start_compositor(cage, environment)]
    try:
        wait_until("the compositor's socket", (runtime / "wayland-0").exists)
        kiosk = start_kiosk(["--config", configuration, "--state", folder / "state"], environment, "wayland-0", supervisor)
        programs.append(kiosk)
        supervisor.expect("STATUS=The screen is on.")
        supervisor.expect("WATCHDOG=1")
        supervisor.expect("WATCHDOG=1")

        kiosk.send_signal(signal.SIGHUP)
        supervisor.expect("RELOADING=1")
        supervisor.expect("STATUS=The screen is on.")

        configuration.write_text('office "Kontoret" { opnes = "07:00" }\n')
        kiosk.send_signal(signal.SIGHUP)
        supervisor.expect("RELOADING=1")
        supervisor.expect("READY=1")
        supervisor.expect("WATCHDOG=1")

        for _ in range(2):
            programs[0].kill()
            programs[0].wait()
            supervisor.expect("STATUS=Waiting for a display.")
            supervisor.expect("WATCHDOG=1")
            supervisor.expect("WATCHDOG=1")
            programs[0] = start_compositor(cage, environment)
            supervisor.expect("STATUS=The screen is on.")
        programs[0].kill()
        programs[0].wait()
        supervisor.expect("STATUS=Waiting for a display.")
        kiosk.terminate()
        _, output = kiosk.communicate(timeout=PATIENCE_S)
        assert kiosk.returncode == 0, f"it ended with {kiosk.returncode}: {output}"
        assert "opnes" in output, f"the mistake in the configuration was not logged: {output}"
        assert output.count("waiting for a display") == 3, output
    finally:
        for program in programs:
            if program.poll() is None:
                program.kill()
                program.wait()
        shutil.rmtree(folder)


main()
