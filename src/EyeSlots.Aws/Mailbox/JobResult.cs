using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Mailbox;

/// <summary>How a job ended: <c>results/0001.succeeded</c> or <c>.failed</c>.</summary>
public sealed record JobResult
{
    /// <summary>The command's exit code; 2 for a request that was refused.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What the command printed with <c>--json</c>; null where it failed.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public JobError? Error { get; init; }

    /// <summary>How often it was started: 0 for one that was refused.</summary>
    public int Tries { get; init; }

    /// <summary>Seconds of the master by phase: <c>boot</c>, <c>gather</c>, <c>job</c>.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>Hours of all machines until the job's end, the master's from its boot on and each worker's from its registration on.</summary>
    public required MachineHours MachineHours { get; init; }

    /// <summary>Workers that were alive at its end; 0 where the master worked alone.</summary>
    public int Workers { get; init; }

    /// <summary>Virtual processors of the machine that wrote this.</summary>
    public int Vcpus { get; init; }

    /// <summary>Whether it succeeded.</summary>
    [JsonIgnore]
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Why a command failed, as every command's <c>--json</c> says it.</summary>
/// <param name="Code">One of <see cref="Core.ErrorCodes"/>.</param>
/// <param name="Message">One line.</param>
public sealed record JobError(string Code, string Message);

/// <summary>How long machines ran, in hours.</summary>
/// <param name="Master">The master, or a trainer.</param>
/// <param name="Workers">All workers together.</param>
public readonly record struct MachineHours(double Master, double Workers);
