using System.CommandLine;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Trainer.Commands;

/// <summary>Ends a run, with a checkpoint, when whoever started it is gone.</summary>
internal sealed class RunUntil : IDisposable
{
    private const int StandardInput = 0;
    private readonly CancellationTokenSource stop;

    private RunUntil(CancellationTokenSource stop) => this.stop = stop;

    /// <summary>Given to the processes of a search, whose standard input is a pipe that nobody writes to.</summary>
    public static Option<bool> InputEnds { get; } = new("--until-input-ends") { Description = "End, with a checkpoint, when standard input ends", Hidden = true };

    /// <summary>Cancelled by Ctrl-C, by SIGTERM and, if that was asked for, by the end of standard input.</summary>
    public CancellationToken Cancellation => stop.Token;

    /// <summary>Begins to watch.</summary>
    public static RunUntil Of(ParseResult parsed, CancellationToken cancellation)
    {
        var until = new RunUntil(CancellationTokenSource.CreateLinkedTokenSource(cancellation));
        if (parsed.GetValue(InputEnds)) new Thread(until.Watch) { IsBackground = true, Name = "end of input" }.Start();
        return until;
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private void Watch()
    {
        using var input = new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        Span<byte> read = stackalloc byte[16];
        while (input.Read(read) > 0) continue;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // The run ended first.
        }
    }
}
