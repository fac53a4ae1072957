using System.Runtime.InteropServices;
using EyeSlots.Core;

namespace EyeSlots.Training.Models;

/// <summary>What torch throws, as a failure that users can do something about.</summary>
internal static class TorchFailure
{
    /// <summary>The action's result; memory that does not suffice becomes out-of-memory.</summary>
    internal static T Explained<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ExternalException error) when (IsMemory(error.Message))
        {
            throw new EyeSlotsException(ErrorCodes.OutOfMemory, $"There is not enough memory for {what}; take a smaller --batch, --size or --model. ({FirstLine(error.Message)})", error);
        }
    }

    private static bool IsMemory(string message) =>
        message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || message.Contains("can't allocate memory", StringComparison.Ordinal);

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
