using System.Text.RegularExpressions;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Mailbox;

/// <summary>
/// What a job may say. It is started without a shell and as a user without rights, and still: no letter that a shell would read, nothing
/// that leads the machine's own credentials elsewhere, and no file of the machine, neither to read nor to write.
/// </summary>
internal static partial class JobRules
{
    private const int MostLetters = 1024;

    /// <summary>The commands that may be asked for.</summary>
    public static readonly string[] Commands = ["preprocess", "verify", "gc", "inspect", "duplicates", "diff", "train", "evaluate"];

    /// <summary>Options whose every value is an address on S3; a list may have its name in front.</summary>
    public static readonly string[] Addresses = ["annotations", "images", "out", "data", "run"];

    /// <summary>Options that the machine sets itself, that lead elsewhere, or that name files of a machine which is gone an hour later.</summary>
    private static readonly string[] Refused =
    [
        "engine", "remote", "spark-level", "send-credentials", "json", "log-file", "cache", "contact-sheet", "overlay", "show", "predictions", "null", "follow-links",
    ];

    /// <summary>Demands that a command line keeps to all of it.</summary>
    /// <exception cref="EyeSlotsException">usage: names the word and says why it is refused.</exception>
    public static void Check(IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments) CheckLetters(argument);
        Require.That(Commands.Contains(arguments[0], StringComparer.Ordinal), $"A job of a cluster is one of {string.Join(", ", Commands)}, not '{arguments[0]}'.");
        var option = "";
        foreach (var argument in arguments.Skip(1))
        {
            var found = Option().Match(argument);
            if (found.Success) CheckOption(option = found.Groups["name"].Value);
            if (!found.Success) CheckValue(option, argument);
            else if (found.Groups["value"] is { Success: true } value) CheckValue(option, value.Value);
        }
    }

    private static void CheckLetters(string argument)
    {
        Require.That(argument.Length is > 0 and <= MostLetters, $"An argument of a job has 1 to {MostLetters} letters.");
        Require.That(Harmless().IsMatch(argument), $"'{Shown(argument)}' has a letter that a cluster's job may not have: take letters, digits, spaces and . _ , : = + % / - @");

        // System.CommandLine reads @FILE as the arguments in that file.
        Require.That(argument[0] != '@', $"'{Shown(argument)}' begins with @, which would name a file of arguments.");
    }

    private static void CheckOption(string name) => Require.That(
        !Refused.Contains(name, StringComparer.Ordinal) && !name.StartsWith("s3-", StringComparison.Ordinal),
        $"--{name} is not for a job of a cluster: the machine sets it itself, or has no such file.");

    private static void CheckValue(string option, string value)
    {
        Require.That(value[0] != '-' || Number().IsMatch(value), $"'{value}' is not for a job of a cluster; write options in full.");
        var address = option == "annotations" && ListName().Match(value) is { Success: true } name ? value[name.Length..] : value;
        var mustBeOne = option.Length == 0 || Addresses.Contains(option, StringComparer.Ordinal) || value.Contains('/', StringComparison.Ordinal);
        Require.That(!mustBeOne || IsOnS3(address), $"'{value}' is not on S3; a cluster's job reads and writes s3:// addresses alone.");
    }

    private static bool IsOnS3(string text)
    {
        try
        {
            return text.StartsWith("s3://", StringComparison.Ordinal) && StorageAddress.Parse(text).IsS3;
        }
        catch (EyeSlotsException)
        {
            return false;
        }
    }

    private static string Shown(string text) => new([.. text.Take(80).Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)]);

    [GeneratedRegex(@"^[\p{L}\p{M}\p{N} ._,:=+%/@-]*\z")]
    private static partial Regex Harmless();

    /// <summary>An option, with its value where it is in the same word: System.CommandLine takes both --name=value and --name:value.</summary>
    [GeneratedRegex(@"^--(?<name>[a-z0-9-]+)(?:[=:](?<value>.+))?\z")]
    public static partial Regex Option();

    [GeneratedRegex(@"^-[1-9][0-9.]*\z")]
    private static partial Regex Number();

    [GeneratedRegex("^[^/:=]+=")]
    private static partial Regex ListName();
}
