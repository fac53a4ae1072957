using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;
using OpenCvSharp.Internal;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>
/// The warp of native/warp.c, and OpenCV's resize on raw memory: the classes of OpenCvSharp would leave several objects to the
/// collector for each face.
/// </summary>
internal static unsafe class PixelWarp
{
    static PixelWarp() => Cv2.SetNumThreads(1);

    /// <summary>One affine warp: bilinear, black outside the source. Positions are rounded to 1/64 pixel.</summary>
    /// <param name="source">The decoded region; faster with 2 bytes of memory behind its last pixel.</param>
    /// <param name="cropToSource">Maps a pixel of the crop to the source.</param>
    /// <param name="crop">Where the crop goes, without gaps between rows.</param>
    public static void Warp(PixelView source, in Affine cropToSource, PixelView crop)
    {
        var map = stackalloc double[6];
        (map[0], map[1], map[2]) = (cropToSource.M11, cropToSource.M12, cropToSource.Dx);
        (map[3], map[4], map[5]) = (cropToSource.M21, cropToSource.M22, cropToSource.Dy);
        fixed (byte* from = source.Bytes, to = crop.Bytes)
        {
            var status = PixelLibrary.Warp(from, (nuint)source.Bytes.Length, source.Width, source.Height, source.Stride, map, to, (nuint)crop.Bytes.Length, crop.Width, crop.Height);
            if (status != PixelStatus.Ok) throw new ArgumentException($"A crop of {crop.Width} x {crop.Height} pixels cannot be warped ({status}).", nameof(crop));
        }
    }

    /// <summary>One resize: area-averaged when both sides shrink, else bilinear.</summary>
    public static void Resize(PixelView source, PixelView target)
    {
        var shrinks = target.Width < source.Width && target.Height < source.Height;
        fixed (byte* sourceBytes = source.Bytes, targetBytes = target.Bytes)
        {
            using var from = new BorrowedMat(source, sourceBytes, MatType.CV_8UC3);
            using var to = new BorrowedMat(target, targetBytes, MatType.CV_8UC3);
            NativeMethods.HandleException(NativeMethods.imgproc_resize(
                from.Input, to.Output, new Size(target.Width, target.Height), 0, 0,
                (int)(shrinks ? InterpolationFlags.Area : InterpolationFlags.Linear)));
        }
    }

    /// <summary>A Mat header over borrowed memory, and its array proxies, without a managed object.</summary>
    private readonly ref struct BorrowedMat
    {
        private readonly nint mat;

        public BorrowedMat(PixelView view, byte* pinned, MatType type)
        {
            NativeMethods.HandleException(NativeMethods.core_Mat_new8(view.Height, view.Width, type, (nint)pinned, (nint)view.Stride, out mat));
            NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(mat, out var input));
            NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(mat, out var output));
            (Input, Output) = (input, output);
        }

        public nint Input { get; }

        public nint Output { get; }

        public void Dispose()
        {
            NativeMethods.core_OutputArray_delete(Output);
            NativeMethods.core_InputArray_delete(Input);
            NativeMethods.core_Mat_delete(mat);
        }
    }
}
