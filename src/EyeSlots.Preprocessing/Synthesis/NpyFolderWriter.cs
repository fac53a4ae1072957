using System.Globalization;
using System.Text;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Writes the annotations of one image in the layout of 2021: .npy files whose values are text, as in the original.</summary>
internal static class NpyFolderWriter
{
    public static void Write(string folder, SynthImage image)
    {
        var (face, unlabelled) = (image.Faces[0], image.Defect == Defect.Unlabelled);
        var stem = Path.Combine(folder, "annotations", image.Index.ToString(CultureInfo.InvariantCulture));
        File.WriteAllBytes(stem + "_exp.npy", Text([Invariant(unlabelled ? 10 : face.Expression)], scalar: true));
        File.WriteAllBytes(stem + "_val.npy", Text([Invariant(unlabelled ? -2 : face.Valence)], scalar: true));
        File.WriteAllBytes(stem + "_aro.npy", Text([Invariant(unlabelled ? -2 : face.Arousal)], scalar: true));
        File.WriteAllBytes(stem + "_lnd.npy", Text([.. ListWriter.Points(image, face).Select(Invariant)], scalar: false));
    }

    // https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0, dtype <U: UTF-32 padded with NUL.
    private static byte[] Text(string[] values, bool scalar)
    {
        var width = values.Max(value => value.Length);
        var shape = scalar ? "()" : $"({values.Length},)";
        var header = $"{{'descr': '<U{width}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(((header.Length + 10 + 1 + 63) / 64 * 64) - 11) + "\n";
        using var file = new MemoryStream();
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (var value in values) file.Write(Encoding.UTF32.GetBytes(value.PadRight(width, '\0')));
        return file.ToArray();
    }

    private static string Invariant(double value) => value.ToString(CultureInfo.InvariantCulture);
}
