using EyeSlots.Core.Geometry;
using EyeSlots.Core.Annotations;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>What became of one face.</summary>
/// <param name="Rejection">Why there is no crop, or null.</param>
/// <param name="Slot">The slot in the image.</param>
/// <param name="Coverage">Share of the slot inside the image, 0 to 1.</param>
/// <param name="Width">Pixels of the crop.</param>
/// <param name="Height">Pixels of the crop.</param>
/// <param name="ImageWidth">Pixels of the image.</param>
/// <param name="ImageHeight">Pixels of the image.</param>
public readonly record struct CropResult(
    Rejection? Rejection, EyeSlot Slot, double Coverage, int Width, int Height, int ImageWidth, int ImageHeight)
{
    /// <summary>Only a start of the photograph was at hand, which decides nothing: cut the face again from all of it.</summary>
    public bool RanOut { get; init; }

    /// <summary>How many bytes of the photograph, from its first on, are enough for this crop; 0 where nothing less than all is, or nothing is known.</summary>
    public long BytesNeeded { get; init; }
}
