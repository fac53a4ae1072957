using System.Runtime.InteropServices;
using EyeSlots.Core;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// The machine's OpenSSL, with which .NET hashes and speaks TLS. Where there is none, .NET ends the process at the first hash without
/// an exception, so whoever wants a readable error asks here before.
/// </summary>
public static class OpenSsl
{
    /// <summary>By which .NET looks for it, of the versions that it takes.</summary>
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1"];

    /// <summary>The library's name; null where the machine has none.</summary>
    public static string? Found { get; } = Array.Find(Names, name => NativeLibrary.TryLoad(name, out _));

    /// <summary>Demands it.</summary>
    /// <exception cref="EyeSlotsException">There is none: spark-failed, because only an executor lacks it unseen.</exception>
    public static void Require()
    {
        if (Found is null) throw new EyeSlotsException(ErrorCodes.SparkFailed, $"The executor {Environment.MachineName} has no OpenSSL: {Advice}");
    }

    /// <summary>The same as a check.</summary>
    internal static (bool Passed, string Detail) Check() => Found is { } name ? (true, $"{name} is there, with which .NET hashes") : (false, Advice);

    private static string Advice => $"{Names[0]} is missing, with which .NET hashes; install the package libssl3 or openssl, or take an image that has it.";
}
