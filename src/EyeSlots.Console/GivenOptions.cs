using System.CommandLine;
using System.CommandLine.Parsing;

namespace EyeSlots.Console;

/// <summary>What checks of whole command lines ask.</summary>
public static class GivenOptions
{
    /// <summary>Whether an option was typed. Its value is not looked at: one that cannot be read has an error of its own, and asking for it would throw.</summary>
    public static bool IsGiven(this SymbolResult line, Option option) => line.GetResult(option) is { Implicit: false };
}
