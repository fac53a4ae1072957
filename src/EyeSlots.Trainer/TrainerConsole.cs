using EyeSlots.Trainer.Commands;

namespace EyeSlots.Trainer;

/// <summary>The program: its commands, and what all of them share.</summary>
internal static class TrainerConsole
{
    public static ConsoleProgram Create()
    {
        var program = new ConsoleProgram("Trains networks that read valence and arousal from eye slots, and evaluates them.");
        program.Add(TrainCommand.Create(program));
        program.Add(EvaluateCommand.Create(program));
        program.Add(PredictCommand.Create(program));
        program.Add(CompareCommand.Create(program));
        program.Add(ExportCommand.Create(program));
        program.Add(DoctorCommand.Create(program));
        return program;
    }
}
