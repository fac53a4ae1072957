namespace EyeSlots.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record Options(string What, string Data, string SparkHome, string PyArrow, int Runs, bool SkipRows, int Count, int Seed)
{
    public static Options Parse(string[] args)
    {
        var what = args.Contains("--check") ? "check" : args.FirstOrDefault() ?? "";
        return new(what, Value(args, "--data") ?? "", Value(args, "--spark-home") ?? "", Value(args, "--pyarrow") ?? "",
            Number(args, "--runs", 3), args.Contains("--skip-rows"), Number(args, "--count", 1000), Number(args, "--seed", 1));
    }

    private static int Number(string[] args, string name, int otherwise) =>
        int.Parse(Value(args, name) ?? $"{otherwise}", System.Globalization.CultureInfo.InvariantCulture);


    private static string? Value(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
