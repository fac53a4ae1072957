using System.Globalization;

namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>
/// The frames of one minor version of Spark: 35 for Spark 3.5, 40 to 43 for 4.0 to 4.3. Spark does not say its version before
/// the frames differ, so the client says it: in <c>PythonUDF.python_ver</c>, which Spark passes on unread, as
/// <c>eyeslots/</c> followed by the level, for example <c>eyeslots/41</c>.
/// </summary>
/// <param name="Number">35, 40, 41, 42 or 43.</param>
internal readonly record struct ProtocolLevel(int Number)
{
    /// <summary>What stands before the number in <c>python_ver</c>. The client sends the same text.</summary>
    internal const string Prefix = "eyeslots/";

    internal static readonly ProtocolLevel Spark35 = new(35), Spark40 = new(40), Spark41 = new(41), Spark42 = new(42), Spark43 = new(43);

    internal static IReadOnlyList<ProtocolLevel> All { get; } = [Spark35, Spark40, Spark41, Spark42, Spark43];

    /// <summary>The text of <c>python_ver</c>.</summary>
    internal string PythonVersion => Prefix + Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the text of <c>python_ver</c>.</summary>
    /// <exception cref="WireFormatException">The text names no level: a PySpark client, or a client newer than this worker.</exception>
    internal static ProtocolLevel Parse(string pythonVersion)
    {
        foreach (var level in All)
        {
            if (level.PythonVersion == pythonVersion) return level;
        }

        throw new WireFormatException(
            $"The client states the version '{pythonVersion}'; this worker serves {string.Join(", ", All.Select(l => l.PythonVersion))}. " +
            "A PySpark client cannot use it, and a newer client needs the worker that came with it.");
    }
}
