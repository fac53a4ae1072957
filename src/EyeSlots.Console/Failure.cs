using System.CommandLine;
using System.Text.Json;
using EyeSlots.Core;

namespace EyeSlots.Console;

/// <summary>How failures are told, and which exit code each has.</summary>
internal static class Failure
{
    /// <summary>A command line that does not parse: exit code 2.</summary>
    public static int WrongCommandLine(ParseResult parsed)
    {
        var path = string.Join(' ', Names(parsed.CommandResult.Command).Reverse());
        var message = string.Join(" ", parsed.Errors.Select(OptionText.Of));
        return Tell(new(), AsksForJson(parsed), new(ErrorCodes.Usage, $"{message} See '{path} --help'."));
    }

    /// <summary>Another program that cannot be started.</summary>
    public static int OfPassing(ParseResult parsed, Action become)
    {
        try
        {
            become();
            return 0;
        }
        catch (EyeSlotsException error)
        {
            return Tell(new(), AsksForJson(parsed), error);
        }
    }

    /// <summary>Runs a command and turns whatever ends it into text and an exit code.</summary>
    public static async Task<int> GuardAsync(Session session, Func<Task<int>> command, CancellationToken cancellation)
    {
        try
        {
            return await command();
        }
        catch (IOException error) when (error.Message.Contains("Broken pipe", StringComparison.Ordinal))
        {
            return 0; // The reader has seen enough.
        }
        catch (Exception error)
        {
            session.LogFailure(error);
            return Tell(session.Terminal, session.AsJson, Explain(error, cancellation.IsCancellationRequested));
        }
    }

    private static bool AsksForJson(ParseResult parsed) => parsed.Tokens.Any(token => token.Value == CommonOptions.Json.Name);

    private static EyeSlotsException Explain(Exception error, bool isStopped) => error switch
    {
        EyeSlotsException known => known,
        OperationCanceledException when isStopped => new(ErrorCodes.Interrupted, "Interrupted. What was published stays; the next run goes on."),
        IOException or UnauthorizedAccessException => new(ErrorCodes.StorageFailed, error.Message),
        _ => new(ErrorCodes.Internal, $"{error.GetType().Name}: {error.Message} (--log-level debug shows where)"),
    };

    private static int Tell(Terminal terminal, bool asJson, EyeSlotsException error)
    {
        var message = error.Message.ReplaceLineEndings(" ");
        if (asJson) terminal.Out.WriteLine(JsonSerializer.Serialize(new(new(error.Code, message)), ConsoleJson.Default.FailureReport));
        else Lines.Write(terminal.Messages, $"[red]error[/] {Terminal.Safe(error.Code)}: {Terminal.Safe(message)}");
        return error.ExitCode;
    }

    private static IEnumerable<string> Names(Symbol command)
    {
        for (Symbol? at = command; at is not null; at = at.Parents.FirstOrDefault()) yield return at.Name;
    }
}

/// <summary>A failure as <c>--json</c> prints it.</summary>
internal sealed record FailureReport(FailureDetail Error);

/// <summary>Its code and its message.</summary>
internal sealed record FailureDetail(string Code, string Message);
