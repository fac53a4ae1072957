namespace EyeSlots.Core.Annotations;

/// <summary>Why a face could not become a crop. The first that applies, in this order, is its code.</summary>
public enum RejectCode
{
    /// <summary>The row cannot be read, or its path is refused.</summary>
    AnnotationInvalid,

    /// <summary>The landmarks are not 68 finite points that span a slot.</summary>
    LandmarksInvalid,

    /// <summary>No file was found under the path.</summary>
    ImageMissing,

    /// <summary>The file has no bytes.</summary>
    ImageEmpty,

    /// <summary>No known signature, a broken header, or damaged pixels.</summary>
    ImageUnreadable,

    /// <summary>More pixels, bytes or memory than allowed.</summary>
    ImageTooLarge,

    /// <summary>Less of the slot lies inside the image than <c>--min-coverage</c> asks for.</summary>
    SlotOutside,
}

/// <summary>The text of each <see cref="RejectCode"/> in files and on screens.</summary>
public static class RejectCodes
{
    private static readonly string[] Texts =
    [
        "annotation-invalid", "landmarks-invalid", "image-missing", "image-empty", "image-unreadable", "image-too-large", "slot-outside",
    ];

    /// <summary>All codes, in the order in which they are judged.</summary>
    public static IReadOnlyList<RejectCode> All { get; } = Enum.GetValues<RejectCode>();

    /// <summary>The code's text, such as <c>image-missing</c>.</summary>
    public static string Text(this RejectCode code) => Texts[(int)code];

    /// <summary>The code of a text; throws <see cref="FormatException"/> for any other text.</summary>
    public static RejectCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException($"'{text}' is no reason code that this version knows.");

    /// <summary>The code of a text; false for any other text.</summary>
    public static bool TryParse(string text, out RejectCode code)
    {
        var at = Array.IndexOf(Texts, text);
        code = (RejectCode)Math.Max(0, at);
        return at >= 0;
    }
}

/// <summary>A reason code with what was seen: one sentence without addresses of machines, clocks or versions.</summary>
public sealed record Rejection(RejectCode Code, string Detail)
{
    /// <summary>Whether <c>--memory</c> decided, which no fingerprint holds: the shard then gets a name that only runs with the same limit look for.</summary>
    public bool ByMemory { get; init; }
}
