using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EyeSlots.Tests.Annotations;

/// <summary>Writes NumPy files as NEP 1 describes them.</summary>
internal static class NpyFile
{
    public static byte[] Doubles(string shape, params double[] values) => Make("<f8", shape, values.SelectMany(BitConverter.GetBytes).ToArray());

    public static byte[] Floats(string shape, params double[] values) =>
        Make("<f4", shape, values.SelectMany(value => BitConverter.GetBytes((float)value)).ToArray());

    public static byte[] Longs(string shape, params long[] values) => Make("<i8", shape, values.SelectMany(BitConverter.GetBytes).ToArray());

    /// <summary>Text as AffectNet stores it: UTF-32, padded with NUL.</summary>
    public static byte[] Wide(string shape, params string[] values)
    {
        var size = Math.Max(1, values.Max(value => value.Length));
        return Make($"<U{size}", shape, values.SelectMany(value => Encoding.UTF32.GetBytes(value.PadRight(size, '\0'))).ToArray());
    }

    public static byte[] Narrow(string shape, params string[] values)
    {
        var size = Math.Max(1, values.Max(value => value.Length));
        return Make($"|S{size}", shape, values.SelectMany(value => Encoding.ASCII.GetBytes(value.PadRight(size, '\0'))).ToArray());
    }

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static byte[] Make(string type, string shape, byte[] body, int version = 1, bool fortran = false) =>
        WithHeader($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", body, version);

    public static byte[] WithHeader(string header, byte[] body, int version = 1)
    {
        var prefix = version == 1 ? 10 : 12;
        header = header.PadRight((((prefix + header.Length + 1 + 63) / 64) * 64) - prefix - 1) + "\n";
        var file = new byte[prefix + header.Length + body.Length];
        ((byte[])[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', (byte)version, 0]).CopyTo(file, 0);
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)header.Length);
        else BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), (uint)header.Length);
        Encoding.UTF8.GetBytes(header).CopyTo(file, prefix);
        body.CopyTo(file, prefix + header.Length);
        return file;
    }
}
