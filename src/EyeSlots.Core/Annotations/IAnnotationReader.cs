namespace EyeSlots.Core.Annotations;

/// <summary>Reads the rows of one list, forward only.</summary>
public interface IAnnotationReader : IDisposable
{
    /// <summary>Reads the next row into <paramref name="row"/>; false at the end. A row that is damaged is a row with a defect.</summary>
    bool Read(AnnotationRow row);
}
