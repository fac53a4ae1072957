using System.Text.RegularExpressions;
using EyeSlots.Core;

namespace EyeSlots.Aws.Artifacts;

/// <summary>
/// A file that machines fetch, named by its content: <c>artifacts/SHA256/FILE</c> of the artifact bucket. It never changes, so it is uploaded
/// once, and a machine that has compared the hash has what was meant.
/// </summary>
public readonly partial record struct Artifact
{
    /// <summary>
    /// This program: <c>eyeslots</c>, its libraries and <c>worker.tar</c>, at the archive's root.
    /// </summary>
    public const string Program = "eyeslots.tar.gz";

    /// <summary>Spark as it is published: one folder that holds <c>bin</c> and <c>jars</c>.</summary>
    public const string Spark = "spark.tgz";

    /// <summary>A Java runtime without links, <c>bin/java</c> below the archive's root.</summary>
    public const string Jre = "jre.tar.gz";

    /// <summary>
    /// What a trainer needs besides the program: the folders <c>libtorch</c> (<c>EYESLOTS_LIBTORCH</c>), <c>trainer</c> with
    /// <c>eyeslots-train</c> (<c>EYESLOTS_TRAINER</c>) and <c>dotnet</c> (<c>DOTNET_ROOT</c>).
    /// </summary>
    public const string LibTorch = "libtorch.tar.gz";

    /// <summary>Where artifacts lie in the bucket.</summary>
    internal const string Folder = "artifacts/";

    private static readonly string[] Archives = [Program, Spark, Jre, LibTorch];

    /// <summary>Names a file by its content.</summary>
    /// <param name="file">One of the names above, or a template's.</param>
    /// <param name="sha256">The hash in small hexadecimal digits.</param>
    /// <exception cref="EyeSlotsException">It is no such hash: usage.</exception>
    public Artifact(string file, string sha256)
    {
        Require.That(Hash().IsMatch(sha256), $"The SHA-256 of {file} is no 64 small hexadecimal digits.");
        (File, Sha256) = (file, sha256);
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The SHA-256 of its bytes in 64 small hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Where it lies in the artifact bucket.</summary>
    public string Key => $"{Folder}{Sha256}/{File}";

    /// <summary>Whether it is an archive that machines unpack, and no template.</summary>
    internal bool IsArchive => Archives.Contains(File, StringComparer.Ordinal);

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Hash();
}
