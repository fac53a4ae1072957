using System.Buffers;
using System.Runtime.InteropServices;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Whether this machine can do the job: runtime, native libraries, memory, temporary folder.</summary>
public static class MachineCheck
{
    private const long LeastTemporaryBytes = 1L << 30;
    private const long LeastMemoryBytes = 1L << 30;

    /// <summary>Runs all checks; a failed one says what to do.</summary>
    public static IReadOnlyList<ProbeResult> Run() =>
    [
        Check("machine", Machine),
        Check("native libraries", Crop),
        Check("OpenSSL", OpenSsl.Check),
        Check("memory", Memory),
        Check("temporary folder", TemporaryFolder),
    ];

    private static ProbeResult Check(string name, Func<(bool Passed, string Detail)> run)
    {
        try
        {
            var (passed, detail) = run();
            return new(name, passed, detail);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or IOException or UnauthorizedAccessException)
        {
            return new(name, false, (error.InnerException ?? error).Message.ReplaceLineEndings(" "));
        }
    }

    private static (bool, string) Machine() => (
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores; EyeSlots runs on Linux x64");

    // One crop through the region decoder, the warp and the encoder: libraries that do not load are found here and not in a job.
    private static (bool, string) Crop()
    {
        using var image = new Mat(64, 64, MatType.CV_8UC3, new Scalar(40, 120, 200));
        double[] eyes = [.. Enumerable.Range(0, EyeLandmarks.Points).SelectMany(i => new[] { 10.0 + (2 * i), i % 3 + (i < 11 ? 24.0 : 32.0) })];
        var output = new ArrayBufferWriter<byte>();
        using var gate = new MemoryGate(64 << 20);
        using var cropper = new SlotCropper(new JobParameters(), gate);
        var result = cropper.Crop(image.ImEncode(".jpg"), eyes, output);
        return result.Rejection is { } why ? (false, why.Detail) : (true, $"OpenCV {Cv2.GetVersionString()} and the region decoder cut a slot of {result.Width} x {result.Height} pixels");
    }

    private static (bool, string) Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return (bytes >= LeastMemoryBytes, $"{bytes >> 20} MB; at least {LeastMemoryBytes >> 20} MB are needed");
    }

    private static (bool, string) TemporaryFolder()
    {
        var drive = new DriveInfo(Path.GetTempPath());
        return (drive.AvailableFreeSpace >= LeastTemporaryBytes,
            $"{Path.GetTempPath()} has {drive.AvailableFreeSpace >> 20} MB free; a plan takes about 0.2 KB a face. TMPDIR names another folder");
    }
}
