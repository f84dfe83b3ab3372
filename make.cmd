@echo off
rem Windows without make: "make report" prints the briefing, "make test" runs the tests (.\make in PowerShell).
rem Both set up what they need.
setlocal
cd /d "%~dp0"
set "BIN=.venv\Scripts"
if /i "%~1"=="report" goto report
if /i "%~1"=="test" goto test
echo amk: say "make report" or "make test". 1>&2
exit /b 2

:report
if not exist .venv\installed call :install . || exit /b 1
"%BIN%\amk.exe" report
exit /b %errorlevel%

:test
if not exist .venv\developing call :install .[dev] || exit /b 1
"%BIN%\python.exe" -m pytest
exit /b %errorlevel%

:install
if not exist "%BIN%\python.exe" call :venv || exit /b 1
"%BIN%\python.exe" -m pip install --quiet --disable-pip-version-check --editable "%~1" || exit /b 1
type nul > .venv\installed
if not "%~1"=="." type nul > .venv\developing
exit /b 0

:venv
py -c "import sys; sys.exit(sys.version_info < (3, 11) and 'amk needs Python 3.11 or newer.')" || exit /b 1
py -m venv .venv
exit /b %errorlevel%
