namespace EyeSlots.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record Options(string What, string Data, string SparkHome, string PyArrow, int Runs, bool SkipRows)
{
    public static Options Parse(string[] args)
    {
        var what = args.Contains("--check") ? "check" : args.FirstOrDefault() ?? "";
        return new(what, Value(args, "--data") ?? "", Value(args, "--spark-home") ?? "", Value(args, "--pyarrow") ?? "",
            int.Parse(Value(args, "--runs") ?? "3", System.Globalization.CultureInfo.InvariantCulture), args.Contains("--skip-rows"));
    }

    private static string? Value(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
