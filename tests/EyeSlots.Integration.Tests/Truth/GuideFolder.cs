using System.Formats.Tar;
using System.IO.Compression;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>A folder that holds what the documents take as given and nothing else, in which their lines run as somebody would type them.</summary>
internal sealed class GuideFolder : IDisposable
{
    private readonly Scratch scratch = new();

    /// <summary>With a space in its name, as folders have them.</summary>
    public string Folder => scratch["my data"];

    /// <summary>What lies beside it, that no line sees.</summary>
    public string Beside(string name) => scratch[name];

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>What the guide takes as given: the program, photographs and lists, Spark, a Java runtime and the templates.</summary>
    public static async Task<GuideFolder> ForTheGuideAsync()
    {
        var folder = new GuideFolder();
        Directory.CreateDirectory(folder.Folder);
        File.CreateSymbolicLink(folder["eyeslots"], EyeSlotsProgram.Path);
        File.CreateSymbolicLink(folder["cloudformation"], Path.Combine(SharedFolder.Repository, "cloudformation"));
        await EyeSlotsProgram.JsonAsync("synth", "--out", folder["affectnet"], "--faces", "24", "--side", "96");
        foreach (var list in (string[])["training.csv", "validation.csv"]) File.Copy(folder["affectnet/" + list], folder[list]);
        folder.MakeArchives();
        return folder;
    }

    /// <summary>Runs lines in one shell and demands that each succeeds; what they said on both outputs.</summary>
    public async Task<string> ShellAsync(string lines, IReadOnlyDictionary<string, string> environment)
    {
        using var process = EyeSlotsProgram.StartOther("bash", environment, "-c", $"cd \"$1\" && set -e\n{lines}", "bash", Folder);
        var ended = await EyeSlotsProgram.EndAsync(process);
        Assert.True(ended.ExitCode == 0, $"{lines}\n{ended.Output}{ended.Errors}");
        return ended.Output + ended.Errors;
    }

    public void Dispose() => scratch.Dispose();

    // Nobody starts them: just what tells them from other archives.
    private void MakeArchives()
    {
        Directory.CreateDirectory(this["jre-17/bin"]);
        File.WriteAllText(this["jre-17/bin/java"], "#!/bin/sh\n");
        File.WriteAllText(Beside("worker.tar"), "a worker");
        Directory.CreateDirectory(Beside("spark/spark-4.1.4/jars"));
        File.WriteAllText(Beside("spark/spark-4.1.4/jars/spark-core_2.13-4.1.4.jar"), "a jar");
        using var gzip = new GZipStream(File.Create(this["spark-4.1.4-bin-hadoop3.tgz"]), CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(Beside("spark"), gzip, includeBaseDirectory: false);
    }
}
