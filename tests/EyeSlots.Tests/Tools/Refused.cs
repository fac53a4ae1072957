using EyeSlots.Core;

namespace EyeSlots.Tests.Tools;

/// <summary>Options that are refused.</summary>
internal static class Refused
{
    /// <summary>Demands that the check fails as a wrong command line with exactly this text.</summary>
    public static void AsUsage(string text, Action check)
    {
        var error = Assert.Throws<EyeSlotsException>(check);
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.Equal(text, error.Message);
    }
}
