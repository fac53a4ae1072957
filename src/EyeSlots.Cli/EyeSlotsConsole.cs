using EyeSlots.Cli.Commands;
using EyeSlots.Cli.Training;

namespace EyeSlots.Cli;

/// <summary>The program: its commands, and what all of them share.</summary>
internal static class EyeSlotsConsole
{
    public static ConsoleProgram Create()
    {
        var program = new ConsoleProgram(
            "Cuts the eye slots from AffectNet-shaped faces into verified Parquet shards.",
            "eyeslots demo", "eyeslots preprocess --annotations training.csv --images /data/affectnet --out out");
        program.Add(DemoCommand.Create(program));
        program.Add(SynthCommand.Create(program));
        program.Add(PreprocessCommand.Create(program));
        program.Add(InspectCommand.Create(program));
        program.Add(VerifyCommand.Create(program));
        program.Add(DiffCommand.Create(program));
        program.Add(DuplicatesCommand.Create(program));
        TrainerCommands.AddTo(program);
        program.Add(ReportCommand.Create(program));
        program.Add(ClusterCommand.Create(program));
        program.Add(NightlyCommand.Create(program));
        program.Add(GcCommand.Create(program));
        program.Add(DoctorCommand.Create(program));
        program.Add(NodeCommand.Create(program));
        return program;
    }
}
