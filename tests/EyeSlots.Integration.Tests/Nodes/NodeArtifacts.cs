using EyeSlots.Aws.Artifacts;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Readers;

[assembly: AssemblyFixture(typeof(EyeSlots.Integration.Tests.Nodes.NodeArtifacts))]

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>What machines fetch, packed once for all tests: the compiled program, Spark, Java, and what trains.</summary>
public sealed class NodeArtifacts : IDisposable
{
    private const string Java = "/usr/lib/jvm/java-17-openjdk-amd64";
    private readonly string folder = Directory.CreateTempSubdirectory("eyeslots-artifacts-").FullName;
    private readonly Lazy<Task<IReadOnlyList<LocalArtifact>>> all;

    private readonly Lazy<Task<LocalArtifact>> trainer;

    public NodeArtifacts() => (all, trainer) = (new(() => Task.Run(PackAsync)), new(() => Task.Run(PackTrainer)));

    /// <summary>Program, Spark and Java.</summary>
    internal Task<IReadOnlyList<LocalArtifact>> All => all.Value;

    /// <summary>The program that trains, with libtorch and .NET; with <c>--long</c> as <c>cluster prepare</c> packs it, else not compressed.</summary>
    internal Task<LocalArtifact> Trainer => trainer.Value;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<IReadOnlyList<LocalArtifact>> PackAsync()
    {
        var worker = Environment.GetEnvironmentVariable("EYESLOTS_SPARK_WORKER") ?? Path.Combine(SharedFolder.Repository, "artifacts", "worker", "worker.tar");
        var program = ProgramPackage.Pack(Path.GetDirectoryName(EyeSlotsProgram.Path)!, worker, folder);
        return [program, await TarAsync(Artifact.Spark, Tools.Spark("4.1.4"), "-c"), await TarAsync(Artifact.Jre, Java, "-ch")];
    }

    private LocalArtifact PackTrainer()
    {
        var from = Path.GetDirectoryName(EyeSlotsProgram.Trainer)!;
        var (libTorch, dotnet) = (Path.Combine(from, "libtorch"), TrainerPackage.FindDotnet());
        if (LongRun.IsOn) return TrainerPackage.Pack(libTorch, from, dotnet, folder);
        var path = Path.Combine(folder, Artifact.LibTorch);
        using (var archive = File.Create(path)) ReproducibleArchive.WriteTar(TrainerPackage.Files(libTorch, from, dotnet), archive);
        return LocalArtifact.Of(Artifact.LibTorch, path);
    }

    // Not compressed, which machines take as well: on two cores that would last longer than all tests.
    private async Task<LocalArtifact> TarAsync(string file, string from, string how)
    {
        var path = Path.Combine(folder, file);
        await ToolProcess.DemandAsync("tar", [how, "-f", path, "--ignore-failed-read", "--exclude", "src.zip", "--exclude", "docs", "--exclude", "man", "-C", Path.GetDirectoryName(from)!, Path.GetFileName(from)]);
        return LocalArtifact.Of(file, path);
    }
}
