using EyeSlots.Core;

namespace EyeSlots.Aws.Artifacts;

/// <summary>This program, as it runs here, and what it sends to Spark's executors.</summary>
internal static class ProgramPackage
{
    private const string Worker = "worker.tar";

    // What only debuggers and compilers read.
    private static readonly string[] PassedOver = [".dbg", ".pdb", ".xml"];

    /// <summary>Packs it.</summary>
    /// <param name="program">The folder of the program.</param>
    /// <param name="worker">The packed worker.</param>
    /// <param name="folder">Where the archive goes.</param>
    /// <exception cref="EyeSlotsException">artifact-missing: the worker was not built.</exception>
    public static LocalArtifact Pack(string program, string worker, string folder)
    {
        if (!File.Exists(worker))
            throw new EyeSlotsException(ErrorCodes.ArtifactMissing, $"There is no {worker}, which Spark's executors need; build it with build/pack-worker.sh, or name it in EYESLOTS_SPARK_WORKER.");
        var files = Directory.EnumerateFiles(program)
            .Where(file => !PassedOver.Contains(Path.GetExtension(file), StringComparer.Ordinal) && Path.GetFileName(file) != Worker)
            .Select(file => new PackedFile(Path.GetFileName(file), file));
        return LocalArtifact.Pack(Artifact.Program, files.Append(new(Worker, worker)), folder);
    }
}
