using System.Diagnostics;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>cjpeg and jpegtran of Debian's libjpeg-turbo-progs, for files that OpenCV's encoder does not write.</summary>
internal static class DebianJpegTools
{
    /// <summary>Encodes by cjpeg with the given arguments.</summary>
    public static byte[] Cjpeg(Mat image, params string[] arguments) => Run("cjpeg", Photographs.Encode(image, ".ppm"), arguments);

    /// <summary>Re-writes a JPEG without loss by jpegtran with the given arguments.</summary>
    public static byte[] Jpegtran(byte[] file, params string[] arguments) => Run("jpegtran", file, arguments);

    /// <summary>Re-writes a JPEG in the scans of a script (jpegtran's wizard.txt).</summary>
    public static byte[] Scans(byte[] file, string script)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, script);
            return Jpegtran(file, "-scans", path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Run(string program, byte[] input, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var writing = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        writing.Wait();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.ToArray();
    }
}
