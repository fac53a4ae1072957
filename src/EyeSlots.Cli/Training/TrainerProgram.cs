using System.ComponentModel;
using System.Runtime.InteropServices;
using EyeSlots.Core;

namespace EyeSlots.Cli.Training;

/// <summary>The program that trains. It lies apart, since libtorch is half a gigabyte, which who only cuts never needs.</summary>
internal static partial class TrainerProgram
{
    /// <summary>Names the program; <c>./eyeslots</c> sets it.</summary>
    public const string Variable = "EYESLOTS_TRAINER";
    private const string FileName = "eyeslots-train";

    /// <summary>Where it is.</summary>
    /// <exception cref="EyeSlotsException">trainer-missing: where it was looked for, and how to get it.</exception>
    public static string Path => FindOrNull() ?? throw new EyeSlotsException(ErrorCodes.TrainerMissing, $"The program that trains is missing. {HowToGet}");

    /// <summary>Where it was looked for, and how to get it.</summary>
    public static string HowToGet => Named is { } named
        ? $"{Variable} names {named}, which is no file. It is built by ./eyeslots train in EyeSlots' own folder."
        : $"It was looked for at {Beside}; {Variable} names another place. It is built by ./eyeslots train in EyeSlots' own folder.";

    private static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? System.IO.Path.GetFullPath(named) : null;

    private static string Beside => System.IO.Path.Combine(AppContext.BaseDirectory, "trainer", FileName);

    /// <summary>The folder in which it is, or would be.</summary>
    public static string Folder => System.IO.Path.GetDirectoryName(Named ?? Beside)!;

    /// <summary>Where it is, or null where it is not.</summary>
    public static string? FindOrNull() => (Named ?? Beside) is var path && File.Exists(path) ? path : null;

    /// <summary>Makes this process the trainer: its number, signals, outputs and exit code are the trainer's from here on.</summary>
    /// <param name="arguments">The whole command line, passed on as it is.</param>
    /// <exception cref="EyeSlotsException">trainer-missing: it is not there, or cannot be started.</exception>
    public static void Become(IReadOnlyList<string> arguments)
    {
        var path = Path;
        _ = Execute(path, [FileName, .. arguments, null]);
        var reason = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
        throw new EyeSlotsException(ErrorCodes.TrainerMissing, $"The program that trains cannot be started: {path}: {reason}. It is built by ./eyeslots train in EyeSlots' own folder.");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
