namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Plans the images of a set one after the other, until they have all faces that were asked for.</summary>
internal sealed class SynthPlan(SynthOptions options, IReadOnlyList<(Defect Defect, double Share)> single)
{
    private int index, faces, turns;

    /// <summary>The next images, at least that many while there are any.</summary>
    public List<SynthImage> Next(int count)
    {
        List<SynthImage> images = [];
        while (images.Count < count && faces < options.Faces)
        {
            var image = SynthImage.Plan(options, single, index++, options.Faces - faces, ref turns);
            Add(image);
            if (Leaked.Again(options, image) is { } again && faces + again.Faces.Length <= options.Faces) Add(again);
        }

        return images;

        void Add(SynthImage image)
        {
            images.Add(image);
            faces += image.Faces.Length;
        }
    }
}
