using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Cropping;

/// <summary>From photograph and eye points to pixels.</summary>
public sealed class SlotCropperTests
{
    private const int Width = 320, Height = 240;
    private static readonly byte[] Pixels = DrawnPixels.Bgr(Width, Height);
    private static readonly byte[] File = DrawnPixels.Bmp(Pixels, Width, Height);
    private static readonly JobParameters Bare = Crops.Raw with { Slot = new(GrowX: 0, GrowY: 0) };

    [Theory]
    [InlineData(10, 20, 101, 31)]
    [InlineData(0, 0, 320, 240)]
    [InlineData(211, 170, 109, 70)]
    public void Crop_UprightSlotOnWholePixels_IsThatPartOfTheImage(int x, int y, int width, int height)
    {
        var eyes = DrawnEyes.Box(x - 0.5, y - 0.5, x + width - 0.5, y + height - 0.5);
        Assert.Equal(Rgb(Decoded.Part(Pixels, Width, new(x, y, width, height))), Crops.Good(File, eyes, Bare));
    }

    [Fact]
    public void Crop_OverAnEdge_IsBlackOutsideTheImage()
    {
        var crop = Crops.Good(File, DrawnEyes.Box(-30.5, 19.5, 69.5, 59.5), Bare);
        for (var row = 0; row < 40; row++)
        {
            Assert.All(crop[(300 * row)..((300 * row) + 90)], value => Assert.Equal(0, value));
            Assert.Equal(Rgb(Decoded.Part(Pixels, Width, new(0, 20 + row, 70, 1))), crop[((300 * row) + 90)..(300 * (row + 1))]);
        }
    }

    [Theory]
    [InlineData(90, RotateFlags.Rotate90Clockwise)]
    [InlineData(180, RotateFlags.Rotate180)]
    [InlineData(-90, RotateFlags.Rotate90Counterclockwise)]
    public void Crop_TurnedPhotographWithTurnedLandmarks_GivesTheSameCrop(double degrees, RotateFlags turn)
    {
        using var image = Photographs.Cut(Width, Height, 21);
        using var turned = new Mat();
        Cv2.Rotate(image, turned, turn);
        var eyes = DrawnEyes.At(151.3, 117.8, 70, 17);
        var about = DrawnEyes.Turned(DrawnEyes.Moved(eyes, -(Width - 1) / 2.0, -(Height - 1) / 2.0), degrees);
        var moved = DrawnEyes.Moved(about, (turned.Width - 1) / 2.0, (turned.Height - 1) / 2.0);
        var (upright, other) = (Crops.Good(Photographs.Encode(image, ".png"), eyes), Crops.Good(Photographs.Encode(turned, ".png"), moved));
        Assert.Equal(upright.Length, other.Length);

        // Samples are rounded to 1/32 pixel, so at a hard edge a value may move by 1/32 of its height in each direction.
        var differences = upright.Zip(other, (a, b) => Math.Abs(a - b)).ToArray();
        Assert.InRange(differences.Max(), 0, 16);
        Assert.InRange(differences.Average(), 0, 0.5);
    }

    [Fact]
    public void Crop_SizeHalved_AveragesAreas()
    {
        var eyes = DrawnEyes.Box(9.5, 19.5, 109.5, 59.5);
        var (own, half) = (Crops.Good(File, eyes, Bare), Crops.Good(File, eyes, Bare with { Size = new(50, 20) }));
        for (var at = 0; at < half.Length; at++)
        {
            var (x, y, channel) = (at / 3 % 50, at / 150, at % 3);
            var first = (600 * y) + (6 * x) + channel;
            Assert.Equal((own[first] + own[first + 3] + own[first + 300] + own[first + 303] + 2) / 4, half[at]);
        }
    }

    [Theory]
    [InlineData(200, 80, InterpolationFlags.Linear)]
    [InlineData(50, 80, InterpolationFlags.Linear)]
    [InlineData(100, 20, InterpolationFlags.Linear)]
    [InlineData(37, 13, InterpolationFlags.Area)]
    public void Crop_Size_IsAreaWhenBothSidesShrinkAndBilinearElse(int width, int height, InterpolationFlags how)
    {
        var eyes = DrawnEyes.Box(9.5, 19.5, 109.5, 59.5);
        using var own = Mat.FromPixelData(40, 100, MatType.CV_8UC3, Crops.Good(File, eyes, Bare));
        using var resized = own.Resize(new Size(width, height), 0, 0, how);
        var (result, crop) = Crops.Cut(File, eyes, Bare with { Size = new(width, height) });
        Assert.Equal((width, height), (result.Width, result.Height));
        Assert.Equal(Decoded.Bytes(resized), crop);
    }

    [Fact]
    public void Crop_MinCoverage_DecidesWhatIsOutside()
    {
        var half = DrawnEyes.Box(-50.5, 19.5, 49.5, 59.5);
        var (result, _) = Crops.Cut(File, half, Bare with { MinCoverage = 0.5 });
        Assert.Equal((null, 0.5, 100, 40, Width, Height), (result.Rejection, result.Coverage, result.Width, result.Height, result.ImageWidth, result.ImageHeight));
        Crops.Rejected(RejectCode.SlotOutside, File, half, Bare with { MinCoverage = 0.51 });
        Crops.Rejected(RejectCode.SlotOutside, File, DrawnEyes.Box(-500.5, 19.5, -400, 59.5), Bare with { MinCoverage = 0 });
    }

    [Theory]
    [InlineData(SlotFormat.Jpeg)]
    [InlineData(SlotFormat.Png)]
    [InlineData(SlotFormat.Raw)]
    public void ToBgr_EncodedCrop_GivesItsPixelsBackAndNullForDamage(SlotFormat format)
    {
        var eyes = DrawnEyes.At(150, 110, 60, 9);
        var (result, slot) = Crops.Cut(File, eyes, new JobParameters { Format = format });
        using var decoder = new SlotDecoder();
        var pixels = Rgb(decoder.ToBgr(slot, format, result.Width, result.Height)!);
        if (format == SlotFormat.Raw) Assert.Equal(slot, pixels);
        else Assert.Equal(Rgb(Decoded.Bytes(Cv2.ImDecode(slot, ImreadModes.Color))), pixels);

        // JPEG loses something, here mostly the colour of hard edges.
        var loss = pixels.Zip(Crops.Good(File, eyes), (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(loss, 0, format == SlotFormat.Jpeg ? 12 : 0);
        Assert.Null(decoder.ToBgr(slot, format, result.Width + 1, result.Height));
        Assert.Null(decoder.ToBgr(slot.AsSpan(0, slot.Length / 2), format, result.Width, result.Height));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Crop_AThousandJpegs_AllocateNothing(bool progressive)
    {
        using var image = Photographs.Cut(425, 425, 30);
        var (file, eyes) = (Photographs.Jpeg(image, progressive: progressive), DrawnEyes.At(200, 180, 110, 8));
        using var gate = new MemoryGate(Decoded.Memory);
        using var cropper = new SlotCropper(new JobParameters { Size = new(160, 64) }, gate);
        var output = new ArrayBufferWriter<byte>(1 << 20);
        for (var i = 0; i < 100; i++) Cut(); // what the first calls of a method leave is not counted
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Cut();

        // The smallest object has 24 bytes. A collection that another test causes counts what is left of this thread's 8 KB as allocated.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * 24 - 1);

        void Cut()
        {
            output.ResetWrittenCount();
            Assert.Null(cropper.Crop(file, eyes, output).Rejection);
        }
    }

    private static byte[] Rgb(byte[] bgr)
    {
        var rgb = new byte[bgr.Length];
        for (var at = 0; at < bgr.Length; at += 3) (rgb[at], rgb[at + 1], rgb[at + 2]) = (bgr[at + 2], bgr[at + 1], bgr[at]);
        return rgb;
    }
}
