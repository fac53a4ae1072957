using EyeSlots.Spark.Connect.Plans;
using EyeSlots.Spark.Connect.Protocol;

namespace EyeSlots.Spark.Connect;

/// <summary>Reads files that Spark's executors see. Each call adds to this reader and returns it.</summary>
public sealed class DataFrameReader
{
    private readonly SparkSession session;
    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    internal DataFrameReader(SparkSession session) => this.session = session;

    /// <summary>Sets an option of the format, such as <c>mergeSchema</c>.</summary>
    public DataFrameReader Option(string key, string value)
    {
        options[key] = value;
        return this;
    }

    /// <summary>Parquet files or folders, by paths or addresses that Spark knows.</summary>
    /// <exception cref="ArgumentException">No path.</exception>
    public DataFrame Parquet(params string[] paths)
    {
        if (paths.Length == 0) throw new ArgumentException("Name at least one path.", nameof(paths));
        var source = new Read.Types.DataSource { Format = "parquet" };
        source.Paths.AddRange(paths);
        source.Options.Add(options);
        return new(session, new RelationPlan(new() { Read = new() { DataSource = source } }));
    }
}
