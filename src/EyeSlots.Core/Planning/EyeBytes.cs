using EyeSlots.Core.Geometry;

namespace EyeSlots.Core.Planning;

/// <summary>The eye points of a face: none, hundredths of a pixel, or doubles as they are. Nothing is rounded.</summary>
internal static class EyeBytes
{
    private const double Scale = 100;
    private const double Largest = 1e9;

    private enum Form
    {
        None,
        Hundredths,
        Doubles,
    }

    public static void Write(PackedWriter writer, ReadOnlySpan<double> eyes)
    {
        Span<long> numbers = stackalloc long[EyeLandmarks.Coordinates];
        var form = eyes.Length == 0 ? Form.None : AreHundredths(eyes, numbers) ? Form.Hundredths : Form.Doubles;
        writer.Number((ulong)form);
        for (var i = 0; i < eyes.Length; i++)
        {
            if (form == Form.Doubles) writer.Double(eyes[i]);
            else writer.Signed(numbers[i] - (i < 2 ? 0 : numbers[i - 2]));
        }
    }

    public static double[] Read(ref PackedReader reader)
    {
        var form = (Form)reader.Number();
        if (form is < Form.None or > Form.Doubles) throw new FormatException($"The eye points have the form {(int)form}.");
        if (form == Form.None) return [];
        var eyes = new double[EyeLandmarks.Coordinates];
        Span<long> numbers = stackalloc long[EyeLandmarks.Coordinates];
        for (var i = 0; i < eyes.Length; i++)
        {
            if (form == Form.Hundredths) numbers[i] = reader.Signed() + (i < 2 ? 0 : numbers[i - 2]);
            eyes[i] = form == Form.Hundredths ? numbers[i] / Scale : reader.Double();
        }

        return eyes;
    }

    /// <summary>
    /// The division gives the double nearest to the decimal, as the list's reader does; bits are compared, because of minus zero. How a half is
    /// rounded does not matter: it is no whole number of hundredths either way.
    /// </summary>
    private static bool AreHundredths(ReadOnlySpan<double> values, Span<long> numbers)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!(Math.Abs(values[i]) < Largest)) return false;
            numbers[i] = (long)((values[i] * Scale) + (values[i] < 0 ? -0.5 : 0.5));
            if (BitConverter.DoubleToInt64Bits(numbers[i] / Scale) != BitConverter.DoubleToInt64Bits(values[i])) return false;
        }

        return true;
    }
}
