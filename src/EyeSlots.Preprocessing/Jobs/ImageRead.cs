using System.Runtime.ExceptionServices;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>One image that is read ahead: from the moment it is asked for until its faces are cut.</summary>
/// <param name="slice">The slice of its faces.</param>
/// <param name="faces">Its faces.</param>
internal sealed class ImageRead(SliceUnderWay slice, FaceGroup faces)
{
    private int given;

    /// <summary>The slice of its faces.</summary>
    public SliceUnderWay Slice => slice;

    /// <summary>The faces that are still to be cut from it.</summary>
    public FaceGroup Faces { get; set; } = faces;

    /// <summary>The planned identity.</summary>
    public ImageIdentity Image { get; } = slice.ImageOf(faces);

    /// <summary>Bytes that are asked for first.</summary>
    public int First { get; set; }

    /// <summary>Holds the content; null where nothing is read: yet, or because there is nothing.</summary>
    public ByteBuffer? Buffer { get; set; }

    /// <summary>What the buffer counts in a <see cref="ReadBudget"/>.</summary>
    public long Charge { get; set; }

    /// <summary>How the read ended.</summary>
    public ReadOutcome Outcome { get; set; }

    /// <summary>Why it did not end, or null.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    /// <summary>Whether it is the one large image that the process may hold.</summary>
    public bool HoldsLarge { get; set; }

    /// <summary>Whether it is too large to be read beside others, and was not read.</summary>
    public bool IsPutOff => Outcome == ReadOutcome.TooLarge && !HoldsLarge;

    /// <summary>What is given to the worker.</summary>
    public ArrivedImage Arrive()
    {
        var content = Outcome == ReadOutcome.Read && Buffer is not null ? Buffer.Memory : default;
        var fetched = content.Length - given;
        given = content.Length;
        return new(slice, Faces, new(Outcome, content), fetched);
    }
}
