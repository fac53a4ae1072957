namespace EyeSlots.Aws.Requests;

/// <summary>A call to a service of AWS that failed for good. The message says what to do.</summary>
public sealed class AwsException : EyeSlotsException
{
    internal AwsException(string code, AwsCall call, AwsFault? fault, string why, Exception? inner = null)
        : base(code, $"Cannot {call.Action} ({call.Service.Title}): {why}", inner)
    {
        (Service, Action) = (call.Service.Title, call.Action);
        if (fault is not { } known) return;
        (AwsCode, Status, Said) = (known.Code, known.Status, known.Message);
    }

    /// <summary>The service's name.</summary>
    public string Service { get; }

    /// <summary>The action's name, as policies write it behind the service's.</summary>
    public string Action { get; }

    /// <summary>The code of the refusal, such as <c>AlreadyExistsException</c>; empty where no answer came.</summary>
    public string AwsCode { get; } = "";

    /// <summary>The HTTP status of the refusal; 0 where no answer came.</summary>
    public int Status { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    internal bool MayPass => Code is ErrorCodes.AwsThrottled or ErrorCodes.AwsUnreachable;

    /// <summary>What the service wrote, bounded and in one line.</summary>
    internal string Said { get; } = "";
}

/// <summary>An action of a service, for messages.</summary>
internal readonly record struct AwsCall(AwsService Service, string Action);

/// <summary>A refusal.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The service's code; empty where it gave none.</param>
/// <param name="Message">What it wrote, bounded and in one line.</param>
/// <param name="Date">The server's time, or null.</param>
internal readonly record struct AwsFault(int Status, string Code, string Message, DateTimeOffset? Date);
