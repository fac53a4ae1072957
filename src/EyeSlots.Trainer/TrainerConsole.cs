using EyeSlots.Storage.S3;

namespace EyeSlots.Trainer;

/// <summary>The program: its commands, and what all of them share.</summary>
internal static class TrainerConsole
{
    public static ConsoleProgram Create() => new(
        "Trains networks that read valence and arousal from eye slots, and evaluates them.", _ => new ObjectStoreFactory(new(null, null, null)));
}
