namespace EyeSlots.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record Options(string What, string Data, string SparkHome, string PyArrow, int Runs, int Times, bool SkipRows, bool SkipPeer, int Count, int Slices, int Seed, double Cpus)
{
    /// <summary>The Python whose PyTorch is the rival, unless another is named.</summary>
    public const string Debian = "/usr/bin/python3";

    /// <summary>Runs for a moment on drawn faces: proves that a benchmark works, not how fast anything is.</summary>
    public bool Check { get; init; }

    /// <summary>Names of lines of a benchmark with commas between them; empty for all.</summary>
    public string Only { get; init; } = "";

    /// <summary>Milliseconds to S3.</summary>
    public int Delay { get; init; }

    /// <summary>Of each training; 0 for what the benchmark itself takes.</summary>
    public int Epochs { get; init; }

    /// <summary>Names of models with commas between them; empty for all of the benchmark.</summary>
    public string Models { get; init; } = "";

    /// <summary>A Python with PyTorch; Debian's by default.</summary>
    public string Python { get; init; } = "";

    /// <summary>What trains, as in <c>train --device</c>.</summary>
    public string Device { get; init; } = "";

    /// <summary>Of a card: one, or each where it is empty.</summary>
    public string Precision { get; init; } = "";

    /// <summary>Faces of a batch.</summary>
    public int Batch { get; init; }

    public static Options Parse(string[] args)
    {
        var what = args is ["--check"] ? "check" : string.Join(' ', args.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal)));
        return new(what, Value(args, "--data") ?? "", Value(args, "--spark-home") ?? "", Value(args, "--pyarrow") ?? "",
            Number(args, "--runs", 3), Number(args, "--times", UsualTimes(what)), args.Contains("--skip-rows"), args.Contains("--skip-peer"),
            Number(args, "--count", UsualCount(what)), Number(args, "--slices", 100_000), Number(args, "--seed", 1),
            double.Parse(Value(args, "--cpus") ?? "1", System.Globalization.CultureInfo.InvariantCulture))
        {
            Check = args.Contains("--check"), Only = Value(args, "--only") ?? "", Delay = Number(args, "--delay", 30),
            Epochs = Number(args, "--epochs", 0), Models = Value(args, "--models") ?? "",
            Python = Value(args, "--python") ?? Debian, Device = Value(args, "--device") ?? "cpu",
            Precision = Value(args, "--precision") ?? "", Batch = Number(args, "--batch", 32),
        };
    }

    private static int UsualTimes(string what) => what switch
    {
        "spark job" => 10,
        "spark small" => 3,
        _ => 2,
    };

    private static int UsualCount(string what) => what switch
    {
        "fuzz" => 1000,
        "s3" => 20_000,
        "s3 get" => 6000,
        "training learn" => 12_000,
        "training memory" => 6250,
        "spark s3" => 40_000,
        _ => 2000,
    };

    private static int Number(string[] args, string name, int otherwise) =>
        int.Parse(Value(args, name) ?? $"{otherwise}", System.Globalization.CultureInfo.InvariantCulture);

    private static string? Value(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
