using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace EyeSlots.Console;

/// <summary>From the text of an option to its value. Whether the value is allowed, the record of options says that it belongs to.</summary>
public static partial class OptionText
{
    /// <summary>Lets an option take a text of its own.</summary>
    /// <param name="option">The option.</param>
    /// <param name="parse">Null where the text is no such value.</param>
    /// <param name="what">What the option takes, for the error.</param>
    public static Option<T> Takes<T>(this Option<T> option, Func<string, T?> parse, string what)
        where T : struct
    {
        option.CustomParser = result => Parsed(option.Name, result, parse, what) ?? default;
        return option;
    }

    /// <summary>Likewise where the option may be left out.</summary>
    public static Option<T?> Takes<T>(this Option<T?> option, Func<string, T?> parse, string what)
        where T : struct
    {
        option.CustomParser = result => Parsed(option.Name, result, parse, what);
        return option;
    }

    /// <summary>What is wrong with a command line, in words that name no type of the program.</summary>
    public static string Of(ParseError error)
    {
        var text = Whitespace().Replace(error.Message, " ");
        if (Untyped().Match(text) is { Success: true } number)
        {
            var what = number.Groups["type"].ValueSpan.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "a number";
            return $"{number.Groups["option"].Value} takes {what}, not '{number.Groups["text"].Value}'.";
        }

        return error.SymbolResult is OptionResult { Option: var option } && Unknown().Match(text) is { Success: true } choice
            ? $"{option.Name} takes {option.HelpName?.Replace("|", ", ", StringComparison.Ordinal)}, not '{choice.Groups["text"].Value}'."
            : text;
    }

    private static T? Parsed<T>(string option, ArgumentResult result, Func<string, T?> parse, string what)
        where T : struct
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (parse(text) is { } value) return value;
        result.AddError($"{option} takes {what}, not '{text}'.");
        return null;
    }

    [GeneratedRegex(@"^Cannot parse argument '(?<text>.*)' for option '(?<option>[^']*)' as expected type '(?<type>[^']*)'\.")]
    private static partial Regex Untyped();

    [GeneratedRegex("^Argument '(?<text>.*)' not recognized")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
