using System.CommandLine;
using System.Runtime.InteropServices;
using EyeSlots.Cli;
using EyeSlots.Cli.Commands;

// Ctrl-C and SIGTERM stop cleanly; a second one ends the process where it stands.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var root = new RootCommand("Cuts the eye slots from AffectNet-shaped faces into verified Parquet shards.")
{
    DemoCommand.Create(),
    SynthCommand.Create(),
    PreprocessCommand.Create(),
    InspectCommand.Create(),
    VerifyCommand.Create(),
    DiffCommand.Create(),
    DuplicatesCommand.Create(),
    GcCommand.Create(),
    DoctorCommand.Create(),
};
CommonOptions.AddTo(root);
HelpWithExamples.AddTo(root);

var parsed = root.Parse(args is [] ? ["--help"] : args);
return parsed.Errors.Count > 0
    ? Failure.WrongCommandLine(parsed)
    : await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
