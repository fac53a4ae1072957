using System.Buffers;
using EyeSlots.Core;

namespace EyeSlots.Spark.Contract;

/// <summary>
/// A failure's code and message as one line within the error text that a cluster passes on, whatever it puts before and after.
/// </summary>
public static class RemoteFailure
{
    private const string Start = "[eyeslots:";
    private const string End = "] ";
    private static readonly SearchValues<char> CodeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    /// <summary>The line.</summary>
    public static string Text(EyeSlotsException failure) => $"{Start}{failure.Code}{End}{failure.Message.ReplaceLineEndings(" ")}";

    /// <summary>Finds such a line; null where there is none.</summary>
    public static EyeSlotsException? Find(string text, Exception? inner)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        if (start < 0) return null;
        var code = text.AsSpan(start + Start.Length);
        var end = code.IndexOf(End, StringComparison.Ordinal);
        if (end <= 0 || code[..end].ContainsAnyExcept(CodeLetters)) return null;
        var message = code[(end + End.Length)..];
        var line = message.IndexOfAny('\r', '\n');
        return new(code[..end].ToString(), (line < 0 ? message : message[..line]).ToString(), inner);
    }
}

/// <summary>A failure of an executor, in the form in which the driver finds its code and message again.</summary>
public sealed class RemoteException(EyeSlotsException failure) : Exception(RemoteFailure.Text(failure), failure);
