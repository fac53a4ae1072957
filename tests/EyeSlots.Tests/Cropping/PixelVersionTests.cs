using System.Buffers;
using System.Security.Cryptography;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Cropping;

/// <summary>The bytes of crops: golden, without garbage, at wanted sizes.</summary>
public sealed class PixelVersionTests
{
    private static readonly double[] Eyes = DrawnEyes.At(100, 90, 50, 17);

    [Theory]
    [InlineData(SlotFormat.Raw, "269213932502e9b44e433456425d4f25f9b5a177a779c5dfb0c7a6ac0263b037")]
    [InlineData(SlotFormat.Jpeg, "a42e67c1b3696f7157e57d9310a6d232c53d32b0d5fbbd51b0f8e556caef6189")]
    [InlineData(SlotFormat.Png, "6428042ce8e463256146fda94321bf476d55c8b98897aa5abe0cf997433f7dca")]
    public void Crop_OfAKnownPhotograph_HasGoldenBytes(SlotFormat format, string sha256)
    {
        var crop = Crops.Good(KnownJpeg(), Eyes, new() { Format = format });
        var hash = Convert.ToHexStringLower(SHA256.HashData(crop));
        Assert.True(hash == sha256, $"The bytes of crops have changed ({hash}). If that is meant, raise FormatVersions.Pixel (now {FormatVersions.Pixel}) and renew the hashes.");
    }

    [Fact]
    public void Crop_OfAJpeg_LeavesNothingToTheCollector()
    {
        var file = KnownJpeg();
        using var gate = new MemoryGate(Decoded.Memory);
        using var cropper = new SlotCropper(new(), gate);
        var output = new ArrayBufferWriter<byte>(1 << 20);
        void Cut(int times)
        {
            for (var i = 0; i < times; i++)
            {
                output.ResetWrittenCount();
                if (cropper.Crop(file, Eyes, output).Rejection is not null) throw new InvalidOperationException();
            }
        }

        Cut(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Cut(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(64, 24, InterpolationFlags.Area)]
    [InlineData(400, 200, InterpolationFlags.Linear)]
    [InlineData(64, 200, InterpolationFlags.Linear)]
    public void Size_ResizesOnceByAreaWhenBothSidesShrinkElseBilinear(int width, int height, InterpolationFlags interpolation)
    {
        var slot = DrawnEyes.Slot(Eyes);
        var own = Crops.Good(KnownJpeg(), Eyes);
        using var image = Mat.FromPixelData(slot.CropSize.Height, slot.CropSize.Width, MatType.CV_8UC3, own);
        using var resized = image.Resize(new Size(width, height), 0, 0, interpolation);
        Assert.Equal(Decoded.Bytes(resized), Crops.Good(KnownJpeg(), Eyes, Crops.Raw with { Size = new PixelSize(width, height) }));
    }

    [Fact]
    public void Crop_OfATurnedPhotograph_IsNearlyTheSame()
    {
        using var image = Photographs.Cut(200, 200, 2);
        using var turned = new Mat();
        Cv2.Rotate(image, turned, RotateFlags.Rotate90Clockwise);
        var eyes = (double[])Eyes.Clone();
        for (var i = 0; i < eyes.Length; i += 2) (eyes[i], eyes[i + 1]) = (199 - Eyes[i + 1], Eyes[i]);
        var (upright, sideways) = (Crops.Good(Photographs.Encode(image, ".png"), Eyes), Crops.Good(Photographs.Encode(turned, ".png"), eyes));
        Assert.Equal(upright.Length, sideways.Length);
        Assert.True(upright.Zip(sideways, (a, b) => Math.Abs(a - b)).Average() < 1.5);
    }

    // Drawn by arithmetic and encoded by the product's own encoder, so that the file is the same everywhere.
    private static unsafe byte[] KnownJpeg()
    {
        const int side = 200;
        var pixels = new byte[3 * side * side];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = (byte)(128 + (60 * ((at / 3 % side / 16) + (at / 3 / side / 9) & 1)) - (at % 3 * 31) + (at * 7 % 11));
        var file = new ArrayBufferWriter<byte>();
        fixed (byte* first = pixels) SlotEncoder.Encode(new((nint)first, side, side, 3 * side), SlotFormat.Jpeg, 92, file);
        return file.WrittenSpan.ToArray();
    }
}
