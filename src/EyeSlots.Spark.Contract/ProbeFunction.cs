using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Storage;

namespace EyeSlots.Spark.Contract;

/// <summary>What an executor answers to one check.</summary>
/// <param name="Host">The executor's machine.</param>
/// <param name="Process">The worker's process there.</param>
/// <param name="Check">What was checked, how it ended, and why.</param>
/// <param name="Clock">The machine's time when the task began.</param>
public sealed record ProbeAnswer(string Host, long Process, ProbeResult Check, DateTimeOffset Clock);

/// <summary>The function by which executors check themselves: whatever it is given, each task answers one row for each check.</summary>
public static class ProbeFunction
{
    /// <summary>The name under which executors know it.</summary>
    public const string Name = "probe";

    private const string Host = "host", Process = "process", Check = "check", Passed = "passed", Detail = "detail", Clock = "clock";

    /// <summary>What the driver sends: one row for each task.</summary>
    public static Schema Input { get; } = new([new("task", Int64Type.Default, false)], null);

    /// <summary>What executors answer; the clock in milliseconds since 1970.</summary>
    public static Schema Output { get; } = new(
        [
            new(Host, StringType.Default, false), new(Process, Int64Type.Default, false), new(Check, StringType.Default, false),
            new(Passed, BooleanType.Default, false), new(Detail, StringType.Default, false), new(Clock, Int64Type.Default, false),
        ],
        null);

    /// <summary>Input rows for as many tasks.</summary>
    public static RecordBatch Rows(int tasks) =>
        new(Input, [new Int64Array.Builder().AppendRange(Enumerable.Range(0, tasks).Select(task => (long)task)).Build()], tasks);

    /// <summary>Output rows.</summary>
    public static RecordBatch Rows(IReadOnlyList<ProbeAnswer> answers) => new(
        Output,
        [
            Texts(answers.Select(answer => answer.Host)),
            Numbers(answers.Select(answer => answer.Process)),
            Texts(answers.Select(answer => answer.Check.Check)),
            new BooleanArray.Builder().AppendRange(answers.Select(answer => answer.Check.Passed)).Build(),
            Texts(answers.Select(answer => answer.Check.Detail)),
            Numbers(answers.Select(answer => answer.Clock.ToUnixTimeMilliseconds())),
        ],
        answers.Count);

    /// <summary>Reads an output row.</summary>
    /// <param name="columns">The values of the row's columns, by their names.</param>
    public static ProbeAnswer AnswerOf(Func<string, object?> columns) => new(
        (string)columns(Host)!, (long)columns(Process)!, new((string)columns(Check)!, (bool)columns(Passed)!, (string)columns(Detail)!),
        DateTimeOffset.FromUnixTimeMilliseconds((long)columns(Clock)!));

    private static StringArray Texts(IEnumerable<string> values) => new StringArray.Builder().AppendRange(values).Build();

    private static Int64Array Numbers(IEnumerable<long> values) => new Int64Array.Builder().AppendRange(values).Build();
}
