namespace EyeSlots.Core;

/// <summary>A failure that ends a command. The message is one line for the user: what, where, and what to do.</summary>
/// <param name="code">A stable, kebab-case code from <see cref="ErrorCodes"/>; printed by <c>--json</c>.</param>
/// <param name="message">What, where, and what to do, in one line.</param>
/// <param name="inner">The cause, for logs.</param>
public class EyeSlotsException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The stable code of the failure.</summary>
    public string Code { get; } = code;

    /// <summary>2 for a wrong command line, 130 where the user stopped it, else 1.</summary>
    public int ExitCode => Code switch
    {
        ErrorCodes.Usage => 2,
        ErrorCodes.Interrupted => 130,
        _ => 1,
    };
}
