using System.Globalization;
using System.Text.RegularExpressions;

namespace EyeSlots.Benchmarks;

/// <summary>The same job as a data engineer writes it with PySpark, OpenCV and pyarrow.</summary>
internal static partial class PySparkPeer
{
    /// <summary>Runs it on two local cores; returns the seconds that it prints for its job alone, its session being up by then.</summary>
    /// <param name="options">Where Spark and pyarrow are.</param>
    /// <param name="data">A folder with <c>training.csv</c> and <c>Manually_Annotated_Images</c>.</param>
    /// <param name="mode"><c>tuned</c> or <c>rows</c>.</param>
    public static double Run(Options options, string data, string mode)
    {
        using var output = new Scratch();
        var printed = Execution.Of(
            Path.Combine(options.SparkHome, "bin", "spark-submit"),
            [
                "--master", "local[2]", SharedFolder.File("peers", "pyspark_cv2.py"),
                data, Path.Combine(output.Folder, "out"), "--mode", mode,
            ],
            new() { ["PYTHONPATH"] = options.PyArrow, ["PYSPARK_PYTHON"] = "/usr/bin/python3", ["PYSPARK_DRIVER_PYTHON"] = "/usr/bin/python3" }).Output;
        return double.Parse(Seconds().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"seconds=([0-9.]+)")]
    private static partial Regex Seconds();
}
