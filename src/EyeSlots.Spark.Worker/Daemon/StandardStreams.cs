namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>The three handles that Spark holds the other ends of. Raw: what is written has left the process.</summary>
internal readonly record struct StandardStreams(Stream Input, Stream Output, Stream Error)
{
    internal static StandardStreams Open()
    {
#pragma warning disable RS0030 // The one place where they are opened. The console itself, with its encodings and locks, stays unused.
        return new(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.OpenStandardError());
#pragma warning restore RS0030
    }
}
