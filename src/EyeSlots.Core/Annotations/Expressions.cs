namespace EyeSlots.Core.Annotations;

/// <summary>What AffectNet's numbers of expressions mean.</summary>
public static class Expressions
{
    /// <summary>The highest number of an expression.</summary>
    public const int Last = 10;

    private static readonly string[] Names =
        ["neutral", "happy", "sad", "surprise", "fear", "disgust", "anger", "contempt", "none", "uncertain", "no face"];

    /// <summary>The name of an expression, or its number where it is none of AffectNet's.</summary>
    /// <param name="expression">0 to 10.</param>
    public static string NameOf(int expression) => expression >= 0 && expression < Names.Length ? Names[expression] : $"{expression}";
}
